import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The page is built on Preact, which is a third of React's size. `--mode react` builds it on React; the
// tests pass on both.
const PREACT = [
  { find: /^react\/jsx-(dev-)?runtime$/, replacement: "preact/jsx-runtime" },
  { find: /^react-dom\/client$/, replacement: "preact/compat/client" },
  { find: /^react(-dom)?$/, replacement: "preact/compat" },
];

export default defineConfig(({ mode }) => ({
  // The page works from any folder of any server.
  base: "./",
  plugins: [react()],
  resolve: { alias: mode === "react" ? [] : PREACT },
  build: { target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  server: { fs: { allow: [".."] } },
}));
