import { type ReactNode, useEffect, useRef } from "react";
import { close } from "../shell/overlay";
import { useWords } from "../words/words";

interface Props {
  label: string;
  /** How large. */
  size?: "small" | "wide" | "top";
  children: ReactNode;
  /** Without a head there is no title to see, and no button to close. */
  bare?: boolean;
}

/** As `ref`, gives the keyboard to an element when its dialog opens. */
export const first = (element: HTMLElement | null) => void element?.setAttribute("autofocus", "");

/** Something over the page. Escape closes it, and so does a click beside it. */
export function Dialog({ label, size = "small", bare = false, children }: Props) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  // It may be asked for again before it is gone.
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  });
  return (
    <dialog
      ref={dialog}
      className={`over ${size}`}
      aria-label={label}
      onClose={() => dialog.current?.open === false && close()}
      onPointerDown={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      {!bare && (
        <header>
          <h2>{label}</h2>
          <button type="button" className="plain" onClick={close} aria-label={words.close}>
            ×
          </button>
        </header>
      )}
      {children}
    </dialog>
  );
}
