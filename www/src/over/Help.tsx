import { readonly } from "../flow/place";
import { Dialog } from "../parts/Dialog";
import { COMMANDS, allowed } from "../shell/commands";
import { keysOf, useKeymap } from "../shell/keymap";
import { shown } from "../shell/keys";
import { open } from "../shell/overlay";
import { useWords } from "../words/words";

/** Every key there is. */
export default function Help() {
  const words = useWords();
  useKeymap();
  const groups = [
    { where: "page", title: words.everywhere },
    { where: "steps", title: words.inGraphAndOutline },
    { where: "graph", title: words.inGraph },
    { where: "timeline", title: words.inTimeline },
  ] as const;
  return (
    <Dialog label={words.keyboard} size="wide">
      <div className="keys" tabIndex={0} role="region" aria-label={words.keyboard}>
        {groups.map(({ where, title }) => (
          <section key={where}>
            <h3>{title}</h3>
            <dl>
              {COMMANDS.filter((command) => command.where === where && allowed(command) && keysOf(command).length > 0).map((command) => (
                <div key={command.id}>
                  <dt>
                    {keysOf(command).map((key) => (
                      <kbd key={key}>{shown(key)}</kbd>
                    ))}
                  </dt>
                  <dd>{command.title(words)}</dd>
                </div>
              ))}
              {where === "steps" && !readonly() && (
                <div>
                  <dt>
                    <kbd>{shown("Mod+x")}</kbd>
                    <kbd>{shown("Mod+c")}</kbd>
                    <kbd>{shown("Mod+v")}</kbd>
                  </dt>
                  <dd>{words.clipboard}</dd>
                </div>
              )}
            </dl>
          </section>
        ))}
      </div>
      <p className="quiet">
        <button type="button" onClick={() => open({ kind: "keys" })}>
          {words.changeKeys}
        </button>{" "}
        {words.keysElsewhere} {words.credit}
      </p>
    </Dialog>
  );
}
