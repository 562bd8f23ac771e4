import { useEffect, useState } from "react";
import { recall, remember } from "../flow/memory";

export type Theme = "system" | "light" | "dark";

/** The colours that were chosen here before. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => {
    const known = recall("theme");
    return known === "light" || known === "dark" ? known : "system";
  });
  useEffect(() => {
    if (theme === "system") {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = theme;
    }
    remember("theme", theme);
  }, [theme]);
  return [theme, setTheme];
}
