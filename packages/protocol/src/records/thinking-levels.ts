/** pi's thinking levels, in its order; the last two only where a model says that it has them. */
export const thinkingLevelNames = ["off", "minimal", "low", "medium", "high", "xhigh", "max"] as const;
