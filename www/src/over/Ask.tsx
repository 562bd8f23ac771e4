import { useState } from "react";
import { Dialog, first } from "../parts/Dialog";
import { type Question, close } from "../shell/overlay";
import { useWords } from "../words/words";

/** One question with one answer, or two. */
export default function Ask({ question }: { question: Question }) {
  const words = useWords();
  const [value, setValue] = useState(question.value);
  const [more, setMore] = useState(question.more?.value ?? "");
  return (
    <Dialog label={question.title}>
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          close();
          question.onAnswer(value.trim(), more.trim());
        }}
      >
        {question.says !== undefined && <p>{question.says}</p>}
        {question.label !== "" && (
          <label>
            {question.label}
            <input type="text" value={value} ref={first} onInput={(event) => setValue(event.currentTarget.value)} onFocus={(event) => event.currentTarget.select()} />
          </label>
        )}
        {question.more && (
          <label>
            {question.more.label}
            <input type="text" value={more} onInput={(event) => setMore(event.currentTarget.value)} />
          </label>
        )}
        <footer>
          <button type="button" onClick={close}>
            {words.cancel}
          </button>
          <button type="submit" className="main" ref={question.label === "" ? first : null}>
            {words.ok}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
