export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How a picture is laid out. The texts fit into the boxes in the widest of the usual fonts. */
export interface Form {
  readonly isAcross: boolean;
  readonly boxWidth: number;
  readonly margin: number;
  readonly titleCharacters: number;
  readonly lineCharacters: number;
}

export const ACROSS: Form = { isAcross: true, boxWidth: 222, margin: 26, titleCharacters: 22, lineCharacters: 30 };
export const DOWN: Form = { ...ACROSS, isAcross: false };
/** Two boxes beside each other fit into a window of 400 pixels. */
export const NARROW: Form = { isAcross: false, boxWidth: 160, margin: 13, titleCharacters: 15, lineCharacters: 20 };

/** A number as an attribute of a drawing. */
export const number = (value: number) => String(Math.round(value * 10) / 10);
