import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  // The page works from any folder of any server.
  base: "./",
  plugins: [react()],
  build: { target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  server: { fs: { allow: [".."] } },
});
