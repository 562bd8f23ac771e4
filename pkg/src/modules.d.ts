declare module "*.wasm" {
  const bytes: Uint8Array<ArrayBuffer> & WebAssembly.Module;
  export default bytes;
}
