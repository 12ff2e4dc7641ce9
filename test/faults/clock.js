// Loaded into the built program by NODE_OPTIONS=--import: its clock stands at the time in CLOCK_AT when it starts.
const shift = Date.parse(process.env.CLOCK_AT ?? "") - Date.now();
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + shift);
    else super(...given);
  }

  static now() {
    return RealDate.now() + shift;
  }
};
