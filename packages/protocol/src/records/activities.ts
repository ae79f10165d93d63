/** What a session does. */
export const activities = ["starting", "idle", "running", "stopped", "parked", "closed"] as const;

export type Activity = (typeof activities)[number];
