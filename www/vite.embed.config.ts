import { defineConfig } from "vite";

/** The elements that show the pages of `dist` inside of other pages: files with names that stay, for `<script src>`. */
export default defineConfig({
  publicDir: false,
  build: {
    target: "es2022",
    outDir: "dist/embed",
    lib: {
      entry: { "patchcord-designer": "src/embed/designer.ts", "patchcord-viewer": "src/embed/viewer.ts" },
      formats: ["es"],
    },
    rolldownOptions: { output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" } },
  },
});
