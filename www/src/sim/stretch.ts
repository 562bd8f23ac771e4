/** The stretch of a long list that is in the page: what can be seen of it, and a little around. */
import { type RefObject, useEffect, useLayoutEffect, useState } from "react";

/** Rows kept ready on either side. */
const AROUND = 14;

export interface Stretch {
  from: number;
  to: number;
}

/** `head` is what sticks to the top of the box and covers rows. */
export function useStretch(box: RefObject<HTMLElement | null>, count: number, height: number, head: number): Stretch {
  const [{ first, last }, setView] = useState({ first: 0, last: 24 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      // Not every pixel is worth another list.
      const first = Math.floor(element.scrollTop / height / 4) * 4;
      const last = Math.ceil((element.scrollTop + element.clientHeight - head) / height / 4) * 4;
      setView((before) => (before.first === first && before.last === last ? before : { first, last }));
    };
    look();
    const resized = new ResizeObserver(look);
    resized.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [box, height, head]);
  const from = Math.min(Math.max(first - AROUND, 0), Math.max(count - 1, 0));
  return { from, to: Math.min(last + AROUND, count) };
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
