/** Lets the page paint and answer before what comes next. */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A part of the page that comes later: it is shown in another turn than the one its code began in. */
export const later = <Part,>(part: () => Promise<Part>) => async (): Promise<Part> => {
  const loaded = await part();
  await turn();
  return loaded;
};
