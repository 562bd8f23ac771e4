/** The timeline that is in the page, for keys and commands. */
export interface Reel {
  /** To the beginning or to the end. */
  start(): void;
  end(): void;
  /** Lets time pass, or stops it. */
  toggle(): void;
  event(by: 1 | -1): void;
  /** To where a leg changes. */
  leg(by: 1 | -1): void;
  zoom(by: number): void;
  all(): void;
}

let present: Reel | undefined;

export function register(reel: Reel): () => void {
  present = reel;
  return () => {
    if (present === reel) present = undefined;
  };
}

export const reel = (): Reel | undefined => present;
