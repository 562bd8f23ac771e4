import { TEMPLATES } from "../flow/templates";
import type { Theme } from "./theme";

interface Props {
  badge: string;
  theme: Theme;
  onTheme(theme: Theme): void;
  onTemplate(id: string): void;
}

const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const SIGNS: Record<Theme, string> = { system: "◐", light: "☀", dark: "☾" };

/** Name, templates, what the flow is written in, light or dark. */
export function Bar({ badge, theme, onTheme, onTemplate }: Props) {
  const groups = [...new Set(TEMPLATES.map((template) => template.group))];
  return (
    <header className="bar">
      <h1>
        <img src="./plug.svg" alt="" width="24" height="24" /> Patchcord
      </h1>
      <label>
        <span className="unseen">Template</span>
        <select
          value=""
          onChange={(event) => onTemplate(event.target.value)}
        >
          <option value="" disabled>
            Templates…
          </option>
          {groups.map((group) => (
            <optgroup key={group} label={group}>
              {TEMPLATES.filter((template) => template.group === group).map((template) => (
                <option key={template.id} value={template.id}>
                  {template.name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <span className="badge" title="Recognised by its content">
        {badge}
      </span>
      <span className="grow" />
      <button type="button" className="plain" onClick={() => onTheme(NEXT[theme])} aria-label={`Colours: ${theme}`} title={`Colours: ${theme}`}>
        <span aria-hidden="true">{SIGNS[theme]}</span> <span className="wide">{theme}</span>
      </button>
    </header>
  );
}
