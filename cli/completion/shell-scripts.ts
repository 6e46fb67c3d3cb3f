/** What each shell runs to complete a line of kata: the words so far go in, one candidate a line comes out. */
export const SHELL_SCRIPTS = {
  bash: `_kata_complete() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("$line")
  done < <(kata completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _kata_complete kata
`,
  zsh: `_kata() {
  local -a found
  found=("\${(@f)$(kata completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$found" ]]; then
    compadd -- "\${found[@]}"
  else
    _files
  fi
}
compdef _kata kata
`,
  fish: `function __kata_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found (kata completion words -- $words[2..-1] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c kata -f -a '(__kata_complete)'
`,
} as const;
