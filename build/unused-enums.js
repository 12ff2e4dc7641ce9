/** An enum as TypeScript compiles it: a variable, and a function that fills it. */
const ENUM = /^(export )?var (\w+);\s*\(function \(\2\) \{(.*?)^\}\)\(\2 \|\| \(\2 = \{\}\)\);$/gms;

/**
 * Marks the enums of packages as free of side effects, so that a bundle holds only those it uses. Of the 240 in the
 * Azure SDK's models the program uses none.
 */
export const unusedEnums = {
  name: "unused-enums",
  transform: {
    filter: { id: /[\\/]node_modules[\\/]/, code: " = {}));" },
    handler: (code) => code.replace(ENUM, "$1var $2 = /* @__PURE__ */ (function ($2) {$3return $2;\n})({});"),
  },
};
