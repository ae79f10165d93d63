/** Two soft notes, made here: nothing is fetched for them. */
class Sound {
  #context: AudioContext | null = null;

  /** Whether a person touched this page: browsers let no other one sound. */
  get isUnlocked(): boolean {
    return this.#context !== null;
  }

  /** Makes the page able to sound at the first touch or key; the returned function ends the waiting. */
  unlockAtFirstGesture(): () => void {
    const done = new AbortController();
    const unlock = (): void => {
      done.abort();
      void this.#open().suspend();
    };
    for (const gesture of ["pointerup", "keydown"]) {
      document.addEventListener(gesture, unlock, { capture: true, signal: done.signal });
    }
    return () => done.abort();
  }

  /** Sounds once. Must have been unlocked, or be called from a gesture. */
  async play(): Promise<void> {
    const context = this.#open();
    await context.resume();
    const start = context.currentTime;
    notes.forEach((note) => sound(context, note, start));
    const end = Math.max(...notes.map(({ after, length }) => after + length));
    // What is silent needs no power.
    setTimeout(() => void context.suspend(), end * 1000);
  }

  #open(): AudioContext {
    return (this.#context ??= new AudioContext());
  }
}

interface Note {
  /** Hz */
  pitch: number;
  /** s after the beginning. */
  after: number;
  /** s */
  length: number;
}

/** A fourth upwards. */
const notes: readonly Note[] = [
  { pitch: 659.25, after: 0, length: 0.5 },
  { pitch: 880, after: 0.14, length: 0.9 },
];
const loudness = 0.12;
/** s; a note that begins at once clicks. */
const attack = 0.012;

function sound(context: AudioContext, { pitch, after, length }: Note, start: number): void {
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  const from = start + after;
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(loudness, from + attack);
  volume.gain.exponentialRampToValueAtTime(0.0001, from + length);
  tone.connect(volume).connect(context.destination);
  tone.start(from);
  tone.stop(from + length);
}

export const bell = new Sound();
