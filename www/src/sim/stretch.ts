/** The stretch of a long list that is in the page: what can be seen of it, and a little around. */
import { type RefObject, useEffect, useLayoutEffect, useState } from "react";

/** Rows kept ready on either side, and how many where they come and go too fast to be of use. */
const AROUND = 14;
const FEW = 2;
/** Milliseconds without scrolling, after which rows are kept ready again. */
const REST = 120;

export interface Stretch {
  from: number;
  to: number;
  /** The most rows that it has. */
  most: number;
}

/** `head` is what sticks to the top of the box and covers rows. */
export function useStretch(box: RefObject<HTMLElement | null>, count: number, height: number, head: number): Stretch {
  const [{ first, last, around }, setView] = useState({ first: 0, last: 24, around: AROUND });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    let resting = 0;
    const rest = () => setView((before) => (before.around === AROUND ? before : { ...before, around: AROUND }));
    const look = () => {
      // Not every pixel is worth another list.
      const first = Math.floor(element.scrollTop / height / 4) * 4;
      const last = Math.ceil((element.scrollTop + element.clientHeight - head) / height / 4) * 4;
      setView((before) => {
        if (before.first === first && before.last === last) return before;
        const around = Math.abs(first - before.first) > AROUND ? FEW : before.around;
        return { first, last, around };
      });
      window.clearTimeout(resting);
      resting = window.setTimeout(rest, REST);
    };
    look();
    const resized = new ResizeObserver(look);
    resized.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      window.clearTimeout(resting);
      resized.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [box, height, head]);
  const from = Math.min(Math.max(first - around, 0), Math.max(count - 1, 0));
  return { from, to: Math.min(last + around, count), most: last - first + 2 * AROUND };
}

/** Brings a row of the list into view when it changes. */
export function useInView(box: RefObject<HTMLElement | null>, at: number, count: number, height: number, head: number): void {
  useEffect(() => {
    if (at >= 0) bringIntoView(box.current, at, height, head);
  }, [box, at, count, height, head]);
}

export function bringIntoView(box: HTMLElement | null, at: number, height: number, head: number): void {
  if (!box) return;
  const begin = at * height;
  const seen = box.clientHeight - head;
  if (begin < box.scrollTop) box.scrollTop = begin;
  else if (begin + height > box.scrollTop + seen) box.scrollTop = begin + height - seen;
}
