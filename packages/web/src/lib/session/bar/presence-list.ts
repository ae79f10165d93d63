/** One program that is attached to a session. */
export interface Present {
  device: string;
  client: string;
}

/** A device that is here, with the icon of its kind. */
export interface Visitor {
  key: string;
  name: string;
  icon: "terminal" | "phone" | "laptop";
}

/** Who else is here: everybody but one page of this device, the same device and program once. */
export function visitors(present: readonly Present[], own: string | undefined): Visitor[] {
  const at = present.findIndex(({ device, client }) => device === own && client === "web");
  const others = present.filter((_, index) => index !== at);
  const counts = new Map<string, { one: Present; count: number }>();
  for (const one of others) {
    const key = JSON.stringify([one.device, one.client]);
    counts.set(key, { one, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts].map(([key, { one, count }]) => ({ key, name: nameOf(one, count, own), icon: iconOf(one) }));
}

function nameOf({ device, client }: Present, count: number, own: string | undefined): string {
  const place = device === own ? `${device}, another page` : device;
  const program = client === "pier" ? "in a terminal" : client || "another program";
  const name = client === "web" ? place : `${device}, ${program}`;
  return count > 1 ? `${name} (${count})` : name;
}

function iconOf({ device, client }: Present): Visitor["icon"] {
  if (client !== "web") return "terminal";
  return /phone|android|ipad|mobile/i.test(device) ? "phone" : "laptop";
}
