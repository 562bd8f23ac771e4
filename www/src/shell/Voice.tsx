import { useWords } from "../words/words";
import { dismiss, useLive } from "./live";

/** Live regions, and the same for the eye. */
export function Voice() {
  const words = useWords();
  const { polite, assertive, notices } = useLive();
  return (
    <>
      <div className="unseen" aria-live="polite">
        {polite}
      </div>
      <div className="unseen" aria-live="assertive">
        {assertive}
      </div>
      <aside className="notices" aria-label={words.notices} hidden={notices.length === 0}>
        {notices.map((notice) => (
          <div key={notice.id} className={`notice ${notice.tone}`}>
            <span>{notice.text}</span>
            <button type="button" onClick={() => dismiss(notice.id)} aria-label={words.dismiss}>
              ×
            </button>
          </div>
        ))}
      </aside>
    </>
  );
}
