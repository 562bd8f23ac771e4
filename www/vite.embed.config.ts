import { readFile } from "node:fs/promises";
import { type Plugin, defineConfig } from "vite";

/** Types lie beside the scripts that they are of. */
const types: Plugin = {
  name: "types",
  apply: "build",
  async generateBundle() {
    for (const name of ["frame", "patchcord-designer", "patchcord-viewer"]) {
      const source = await readFile(new URL(`./src/embed/types/${name}.d.ts`, import.meta.url), "utf8");
      this.emitFile({ type: "asset", fileName: `${name}.d.ts`, source });
    }
  },
};

/** The elements that show the pages of `dist` inside of other pages: files with names that stay, for `<script src>`. */
export default defineConfig({
  publicDir: false,
  plugins: [types],
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
