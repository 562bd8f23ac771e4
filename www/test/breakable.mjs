// An engine that traps when a test says so.

/** Lets instances of the module trap in what a session is asked, up to the one of the number `window.broken`. */
export const breakable = (page) =>
  page.addInitScript(() => {
    const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    const { t: trap } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports;
    const Real = WebAssembly.Instance;
    window.instances = 0;
    window.broken = 0;
    WebAssembly.Instance = function (...given) {
      const instance = new Real(...given);
      // The second file has none of its own.
      if (!Object.keys(instance.exports).some((name) => name.startsWith("rawsession_"))) return instance;
      window.instances += 1;
      const mine = window.instances;
      const exports = {};
      for (const [name, value] of Object.entries(instance.exports)) {
        exports[name] = name.startsWith("rawsession_") ? (...given) => (window.broken >= mine ? trap() : value(...given)) : value;
      }
      return { exports };
    };
  });
