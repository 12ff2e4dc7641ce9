import type { ResourceKind } from "./kind.ts";

export const SCALE_SET: ResourceKind = {
  types: ["microsoft.compute/virtualmachinescalesets"],
  read(base, fields, draft) {
    draft.add("scaleSets", { ...base, orchestrationMode: fields.text("orchestrationMode") });
  },
};
