/** Sizes of what is drawn, in pixels. The engine places things by them. */
export const SIZES = { width: 216, height: 46, row: 20, gap: 40, header: 30 } as const;
