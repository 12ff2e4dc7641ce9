/** The shells that have a completion script. */
export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

export type Shell = (typeof SHELLS)[number];

/** Whether a shell of that name has a completion script. */
export function isShell(name: string): name is Shell {
  return SHELLS.some((shell) => shell === name);
}

/**
 * Each script asks the program itself: `__complete -- <words>` prints `words` or `files`, then one candidate a line,
 * each with a tab and its meaning. So a script never goes out of date. A candidate is never split at blanks, expanded
 * as a pattern or run, and a file whose name starts with a dash is offered as `./-name`.
 */
const BASH = String.raw`# bash completion for vnet-explain
_vnet_explain() {
  local IFS=$'\n' i cur cut breaks path at='' line kind='' rest=${"$"}{COMP_LINE:0:COMP_POINT} words=()
  # bash splits words at : and =, as in nic:NAME; parts without a blank between them are one word
  for (( i = 0; i <= COMP_CWORD; i++ )); do
    if (( i == 0 )) || [[ $rest == [[:space:]]* ]]; then words+=("${"$"}{COMP_WORDS[i]}"); else words[-1]+=${"$"}{COMP_WORDS[i]}; fi
    rest=${"$"}{rest#"${"$"}{rest%%[![:space:]]*}"}
    rest=${"$"}{rest#"${"$"}{COMP_WORDS[i]}"}
  done
  cur=${"$"}{words[-1]}
  COMPREPLY=()
  while read -r line; do
    if [ -z "$kind" ]; then kind=$line; continue; fi
    line=${"$"}{line%%$'\t'*}
    [[ ${"$"}{line,,} == "${"$"}{cur,,}"* ]] && COMPREPLY+=("$line")
  done < <("${"$"}{COMP_WORDS[0]}" __complete -- "${"$"}{words[@]:1}" 2>/dev/null)
  if [ "$kind" = files ]; then
    path=${"$"}{cur//[\\\"\']}
    case $path in @*) at=@ path=${"$"}{path:1};; *) compopt -o filenames 2>/dev/null;; esac
    while read -r line; do
      if [ -z "$at" ]; then
        [[ $line == -* ]] && line=./$line # not an option
      else # readline quotes only names of files, which @name is not
        [ -d "$line" ] && line+=/
        [[ $cur == [\"\']* ]] || printf -v line %q "$line"
      fi
      COMPREPLY+=("$at$line")
    done < <(compgen -f -- "$path")
  fi
  case ${"$"}{COMPREPLY[*]} in *[:=@/]) compopt -o nospace 2>/dev/null;; esac
  # readline replaces only what follows the last of its break characters; quotes and blanks are part of the word
  breaks=${"$"}{COMP_WORDBREAKS//[[:space:]\"\']}
  cut=${"$"}{cur%"${"$"}{cur##*["$breaks"]}"}
  cut=${"$"}{cut%@} # readline leaves an @ with what follows it
  for i in "${"$"}{!COMPREPLY[@]}"; do COMPREPLY[i]=${"$"}{COMPREPLY[i]:${"$"}{#cut}}; done
}
complete -F _vnet_explain vnet-explain
`;

const ZSH = String.raw`#compdef vnet-explain
# zsh completion for vnet-explain
_vnet_explain() {
  local -a lines candidates
  lines=("${"$"}{(@f)$(${"$"}{words[1]} __complete -- "${"$"}{(@)words[2,CURRENT]}" 2>/dev/null)}")
  local line
  for line in "${"$"}{(@)lines[2,-1]}"; do
    # a colon without a meaning behind it would show as a stray --
    [[ -n $line ]] && candidates+=("${"$"}{${"$"}{line%%$'\t'*}//:/\\:}${"$"}{${"$"}{(M)line%%$'\t'?*}/$'\t'/:}")
  done
  (( $#candidates )) && _describe -V 'vnet-explain' candidates
  [[ ${"$"}{lines[1]} == files ]] || return 0
  if compset -P @ || [[ -n $PREFIX ]]; then _files; else _files -F '(-*)'; _path_files -P ./ -g '-*'; fi
  return 0
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
compdef _vnet_explain vnet-explain
`;

const FISH = String.raw`# fish completion for vnet-explain
function __vnet_explain_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines (vnet-explain __complete -- $words[2..-1] "$current" 2>/dev/null)
    test (count $lines) -eq 0; and return
    test (count $lines) -gt 1; and printf '%s\n' $lines[2..-1]
    test "$lines[1]" = files; or return
    set -l path (string replace -r '^@' '' -- "$current")
    set -l at (string sub -l (math (string length -- "$current") - (string length -- "$path")) -- "$current")
    __fish_complete_path "$path" | string replace -r '^' "$at"
end
complete -c vnet-explain -f -a '(__vnet_explain_complete)'
`;

const POWERSHELL = `# PowerShell completion for vnet-explain
Register-ArgumentCompleter -Native -CommandName vnet-explain -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $lines = @(vnet-explain __complete -- @words "$wordToComplete" 2>$null)
  if ($lines.Count -eq 0) { return }
  $lines | Select-Object -Skip 1 | ForEach-Object {
    $name, $text = $_ -split "${"`"}t", 2
    if ($name.StartsWith($wordToComplete, [StringComparison]::OrdinalIgnoreCase)) {
      [System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterValue', $(if ($text) { $text } else { $name }))
    }
  }
  if ($lines[0] -eq 'files') { [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete) }
}
`;

/** The completion script of each shell. */
export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: BASH,
  zsh: ZSH,
  fish: FISH,
  powershell: POWERSHELL,
};
