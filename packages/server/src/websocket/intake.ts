import { limits, limitsOf, type Scope } from "@pier/protocol";
import { ByteBudget } from "./byte-budget.ts";
import { FrameRate } from "./frame-rate.ts";

export interface IntakeOptions {
  scope: Scope;
  /** What all connections of the device share. */
  device: ByteBudget;
  now: () => number;
}

/** What one connection may send: so many frames within a second, and so many bytes, of its own and of its device's. */
export class Intake {
  readonly #rate: FrameRate;
  readonly #own: ByteBudget;
  readonly #device: ByteBudget;

  constructor({ scope, device, now }: IntakeOptions) {
    const { framesPerSecond, burst, bytesPerSecond } = limitsOf(scope);
    this.#rate = new FrameRate(framesPerSecond, now);
    this.#own = new ByteBudget(burst, bytesPerSecond, now);
    this.#device = device;
  }

  /** Why one more frame is too much, as a sentence; undefined when it is taken. */
  refuse(bytes: number): string | undefined {
    if (!this.#rate.admit()) return `More than ${limits.framesPerSecond} frames came within a second: slow down.`;
    if (!this.#own.spend(bytes)) return "More came at once than this connection may send: slow down.";
    if (!this.#device.spend(bytes)) return "More came at once than this device may send: slow down.";
    return undefined;
  }
}

/** What all connections of a device may send together. */
export function deviceBudget(scope: Scope, now: () => number): ByteBudget {
  const { burst, bytesPerSecond, deviceBursts } = limitsOf(scope);
  return new ByteBudget(burst * deviceBursts, bytesPerSecond * deviceBursts, now);
}
