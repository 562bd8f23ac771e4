import { defineConfig, mergeConfig } from "vite";
import { common } from "./vite.config.ts";

/** The page that only shows a flow. It is built by itself: with the designer, both would come in many small files. */
export default defineConfig(({ mode }) =>
  mergeConfig(common(mode), { build: { emptyOutDir: false, rolldownOptions: { input: "viewer.html" } } }),
);
