/** The icons of the installed page: what draws each, and its size in px. Full ones are cut into a shape by the system. */
export const iconFiles = [
  { name: "icon-192.png", drawing: "icon.svg", size: 192 },
  { name: "icon-512.png", drawing: "icon.svg", size: 512 },
  { name: "icon-maskable-512.png", drawing: "icon-full.svg", size: 512 },
  { name: "apple-touch-icon.png", drawing: "icon-full.svg", size: 180 },
] as const;
