import { useEffect } from "react";
import type { Theme } from "./settings";

/** Colours as they were chosen; otherwise as the system has them. */
export function useTheme(theme: Theme): void {
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
