declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "*/embedded/read.js";
declare module "*/embedded/run.js";
