/// The driver of a live zsh session.
extension DriverScript {
    static let zsh = DriverScript(
        arguments: ["-f", "--"],
        quoted: shellQuoted,
        text: #"""
            # The driver of a live zsh session. A cell is a file of the runbook's name, sourced from a directory from which
            # that name is right, so that messages carry the runbook's name and lines. What ends a cell inside zsh (an error, a
            # failing command, a signal) unwinds to the loop below; only `exit` and `${x:?}` make the shell replace itself.
            typeset -gr __casebook_control=@CONTROL@ __casebook_event=@EVENT@ __casebook_output=@OUTPUT@ \
              __casebook_message=@MESSAGE@ __casebook_state=@STATE@ __casebook_name=@NAME@ __casebook_program=@PROGRAM@ \
              __casebook_below=@START_DIRECTORY@
            builtin cd -q -- @START@
            typeset -g __casebook_number=0 __casebook_status=0 __casebook_thrown= __casebook_running= __casebook_begun= \
              __casebook_errexit=1 __casebook_closing= __casebook_kept= __casebook_watched= __casebook_piped= \
              __casebook_rearm= __casebook_place= __casebook_on_error= \
              __casebook_old= __casebook_file= __casebook_exit_trap= __casebook_zerr= __casebook_part=$__casebook_state.part OLDPWD=$PWD
            typeset -ga __casebook_options __casebook_armed=(noxtrace) __casebook_start __casebook_now
            typeset -gA __casebook_labels=(functions function aliases alias galiases 'global alias' \
              saliases 'suffix alias' nameddirs 'named directory')

            # An interrupt, not an error: `eval` and `source` let it through.
            __casebook_throw() {
              [[ -n $__casebook_running ]] || builtin return 0
              __casebook_thrown=$1
              { builtin : } always { TRY_BLOCK_INTERRUPT=1 }
            }

            # Stands for errexit: the option itself ends the shell at an error (`no matches found`) without asking anyone.
            # A function and not a list, which would change $pipestatus for the cell; subshells keep it, too. As in zsh, nothing ends
            # under `emulate -L`, which alone sets these two options.
            TRAPZERR() {
              {
                builtin set -- $? "${pipestatus[@]}"
                __casebook_piped=
                if [[ $ZSH_EVAL_CONTEXT != *file* || -z $__casebook_running ]]; then :
                elif __casebook_is_broken_pipe "$@"; then __casebook_piped=1
                else
                  if [[ -n $__casebook_on_error && $ZSH_SUBSHELL == 0 ]]; then
                    { __casebook_return $1; builtin eval "$__casebook_on_error" } 2>&9
                  fi
                  if [[ -o errexit || ( -n $__casebook_errexit && ! ( -o localoptions && -o localtraps ) ) ]]; then
                    (( ZSH_SUBSHELL == 0 )) || builtin exit $1
                    builtin unsetopt localoptions errexit
                    __casebook_throw $1
                  fi
                fi
              } 9>&2 2>/dev/null
              pipestatus=("${@:2}")
            }

            __casebook_return() { builtin return $1 }

            # pipefail's 141 where nobody read on: the last stage succeeded, and so did the others or SIGPIPE ended them.
            __casebook_is_broken_pipe() {
              builtin emulate -L zsh -o extended_glob
              [[ $1 == 141 && ${@[-1]} == 0 && -z ${(M)@:#^(0|141)} ]]
            }

            # TRAPDEBUG of a cell that names errexit or ERR: does `set -euo pipefail`, `unsetopt errexit` or `trap ... ERR` itself, takes
            # from it what TRAPZERR goes by, and has zsh leave the command out, which is what errexit means when this trap sets it.
            __casebook_watch() {
              {
                case $ZSH_DEBUG_CMD in
                'trap '*(Z|)ERR)
                  __casebook_take_trap ${(z)ZSH_DEBUG_CMD} && builtin setopt errexit;;
                *[$';&|\n']*|*' -- '*|'set '*x*) ;;
                'set '[-+]*|'setopt '*|'unsetopt '*)
                  if [[ ! -o localoptions ]]; then
                    [[ -z $__casebook_errexit ]] || builtin setopt errexit
                    builtin eval "$ZSH_DEBUG_CMD"
                    __casebook_errexit=
                    [[ ! -o errexit ]] || __casebook_errexit=1
                    builtin setopt errexit
                  fi;;
                esac
              } 2>/dev/null
            }

            # The author's ERR trap runs beside errexit: trap [--] CODE ERR.
            __casebook_take_trap() {
              builtin emulate -L zsh
              builtin shift
              [[ $1 != -- ]] || builtin shift
              (( $# == 2 )) || builtin return 1
              builtin eval "__casebook_on_error=$1"
              [[ $__casebook_on_error != - ]] || __casebook_on_error=
            }

            # Goes where the runbook's name is right, unless there is no way back: the directory may have been removed.
            __casebook_leave() {
              builtin emulate -L zsh -o extended_glob
              __casebook_place=$PWD __casebook_old=${OLDPWD-} __casebook_file=$__casebook_name
              if [[ . -ef $PWD && -x . ]]; then
                builtin cd -q -- $__casebook_below
              else
                __casebook_place= __casebook_file=$__casebook_below/$__casebook_name
              fi
              __casebook_thrown= __casebook_begun= __casebook_kept= __casebook_watched= __casebook_rearm=
              if [[ "$(<$__casebook_message)" == (#i)*(set [-+][a-z]#e|err_#exit|trap*err)* && -z ${(M)__casebook_now:#(2 functions TRAP|5 trap )DEBUG*} ]]; then
                __casebook_watched=1 __casebook_rearm='functions[TRAPDEBUG]=${functions[__casebook_watch]}'
              fi
            }

            # The first line of a cell's message: DIRECTORY CAPTURE [NAME VALUE]...
            __casebook_cell() {
              builtin local __casebook_directory=$1 __casebook_capture=$2
              builtin shift 2
              while (( $# )); do builtin export "$1=$2"; builtin shift 2; done
              [[ -z $__casebook_place ]] || { __casebook_go "$__casebook_place" && OLDPWD=$__casebook_old }
              if [[ -n $__casebook_directory ]] && ! __casebook_go "$__casebook_directory"; then
                builtin print -ru2 -- "$__casebook_name: cannot change to the directory $__casebook_directory"
                builtin return 1
              fi
              [[ -z $__casebook_capture ]] || builtin exec >|"$__casebook_capture"
              __casebook_running=1
            }

            __casebook_go() {
              builtin emulate -L zsh
              builtin cd -q -- $1 2>/dev/null
            }

            # Restore code: LABEL CODE, or LABEL TABLE NAME [TEXT]. What fails prints its label.
            __casebook_define() {
              {
                case $# in
                2) builtin eval "$2";;
                3) builtin unset "$2[$3]";;
                4) builtin eval "$2[\$3]=\$4";;
                esac 2>/dev/null
              } always {
                (( ? == 0 && TRY_BLOCK_ERROR <= 0 )) || builtin print -r -- "$1"
                TRY_BLOCK_ERROR=0
              }
              builtin return 0
            }

            # Reads all that a state is made of, as KEY NUL VALUE; a key begins with its place among what is restored.
            __casebook_look() {
              builtin emulate -L zsh -o extended_glob
              builtin local __casebook_key __casebook_table __casebook_value
              __casebook_now=('1 directory'$'\0'$PWD '6 own __casebook_errexit'$'\0'$__casebook_errexit)
              for __casebook_key __casebook_table in 2 functions 2 nameddirs 2 modules 7 aliases 7 galiases 7 saliases; do
                [[ -n ${(kP)__casebook_table} ]] || builtin continue
                builtin print -v __casebook_value -f "$__casebook_key $__casebook_table %s\\0%s\\0\\0" -- "${(@kvP)__casebook_table}"
                __casebook_now+=("${(@)${(@ps:\0\0:)__casebook_value}:#(*functions (__casebook|TRAPZERR)*|)}")
              done
              for __casebook_key in ${(k)parameters[(R)^(*(hide|undefined|readonly-*special)*|array*special)]}; do
                case $__casebook_key in
                [^a-zA-Z_]*|_|__casebook*|(E|)(U|G)ID|COLUMNS|LINES|PWD|RANDOM|SECONDS|SHLVL|TRY_BLOCK*|USERNAME|signals) builtin continue;;
                esac
                __casebook_value=$parameters[$__casebook_key]
                case $__casebook_value in
                array*) __casebook_value+=$'\0'${(pj:\0:)${(@P)__casebook_key}};;
                association*) __casebook_value+=$'\0'${(pj:\0:)${(@kvP)__casebook_key}};;
                *) __casebook_value+=$'\0'${(P)__casebook_key};;
                esac
                __casebook_now+=("3 variable $__casebook_key"$'\0'$__casebook_value)
              done
              builtin print -v __casebook_value -f '6 option %s\0%s\0\0' -- "${__casebook_options[@]}"
              __casebook_now+=("${(@)${(@ps:\0\0:)__casebook_value}:#(6 option errexit*|)}")
              __casebook_look_at_traps ${(z)"$(<$__casebook_part)"}
              __casebook_now+=('6 own __casebook_on_error'$'\0'$__casebook_on_error)
            }

            # From a listing of the umask and of traps, `trap -- 'CODE' NAME` each; whatever is missing of ours is put back.
            __casebook_look_at_traps() {
              builtin local __casebook_seen=' ' __casebook_key
              __casebook_now+=('4 umask'$'\0'$1) __casebook_exit_trap=
              while (( $# )); do
                if [[ $1 == trap && $2 == -- && $+functions[TRAP$4] == 0 ]]; then
                  __casebook_seen+="$4 "
                  case $4:$3 in
                  *__casebook_throw*) ;;
                  EXIT:*) __casebook_exit_trap=${(Q)3};;
                  ZERR:*) __casebook_on_error=${(Q)3};;
                  *) __casebook_now+=("5 trap $4"$'\0'${(Q)3});;
                  esac
                  builtin shift 3
                fi
                builtin shift
              done
              __casebook_rearm=
              for __casebook_key in HUP:129 INT:130 TERM:143; do
                [[ $__casebook_seen == *" ${__casebook_key%:*} "* || $+functions[TRAP${__casebook_key%:*}] == 1 ]] ||
                  __casebook_rearm+="builtin trap -- '__casebook_throw ${__casebook_key#*:}' ${__casebook_key%:*};"
              done
              (( $+functions[TRAPZERR] )) || __casebook_rearm+='functions[TRAPZERR]=$__casebook_zerr;'
            }

            # What the cell's end means: its status, the options that the driver's own code does without, and its EXIT trap, which
            # runs now when the cell failed, and when the session is closed otherwise.
            __casebook_settle() {
              builtin emulate -L zsh
              builtin local __casebook_key __casebook_failed=$__casebook_thrown
              __casebook_armed=()
              for __casebook_key in errreturn unset verbose xtrace; do
                if [[ -n ${(M)__casebook_now:#6 option $__casebook_key?on} ]]; then
                  __casebook_armed+=($__casebook_key)
                else
                  __casebook_armed+=(no$__casebook_key)
                fi
              done
              case $__casebook_status:$__casebook_begun:$__casebook_thrown in
              126:1:) __casebook_failed=1;;
              126::) __casebook_failed=2;;
              141:1:) [[ -z $__casebook_piped ]] || __casebook_status=0;;
              esac
              __casebook_status=${__casebook_failed:-$__casebook_status}
              case $__casebook_exit_trap in
              ''|__casebook_at_exit*) ;;
              *)
                if [[ -n $__casebook_failed ]]; then
                  __casebook_rearm+="( builtin eval ${(qq)__casebook_exit_trap} ); builtin trap - EXIT"
                  __casebook_exit_trap=
                else
                  __casebook_exit_trap="__casebook_at_exit ${(qq)__casebook_exit_trap}"
                  __casebook_rearm+="builtin trap -- ${(qq)__casebook_exit_trap} EXIT"
                fi;;
              esac
            }

            # Writes the difference from the session's start.
            __casebook_save() {
              builtin emulate -L zsh -o no_multibyte -o extended_glob
              builtin local __casebook_each
              [[ -z $__casebook_exit_trap ]] || __casebook_now+=('5 trap EXIT'$'\0'$__casebook_exit_trap)
              builtin local -a __casebook_keys
              __casebook_keys=("${(@)__casebook_now%%$'\0'*}")
              builtin print -r -- $__casebook_number
              for __casebook_each in "${(@o)${(@)__casebook_start%%$'\0'*}:|__casebook_keys}"; do
                [[ -z $__casebook_each ]] || __casebook_entry $__casebook_each
              done
              for __casebook_each in "${(@o)__casebook_now:|__casebook_start}"; do
                [[ -z $__casebook_each ]] || __casebook_entry "${__casebook_each%%$'\0'*}" "${__casebook_each#*$'\0'}"
              done
              : >|$__casebook_part
            }

            # KEY [VALUE]: a piece of the state as the host reads it; without a value the session has lost it since its start.
            __casebook_entry() {
              builtin local __casebook_kind=${${1#* }%% *} __casebook_of=${1#* * } __casebook_label __casebook_code __casebook_plain=${2-} __casebook_exported=
              case $__casebook_kind in
              directory) __casebook_label='the working directory' __casebook_code="builtin cd -q -- ${(qq)2}";;
              umask) __casebook_label=umask __casebook_code="builtin umask $2";;
              modules) __casebook_label="module $__casebook_of" __casebook_code="builtin zmodload $__casebook_of";;
              trap) __casebook_label="trap $__casebook_of" __casebook_code="builtin trap -- ${(qq)2} $__casebook_of";;
              option) __casebook_label="option $__casebook_of" __casebook_code="builtin setopt ${${2:#on}:+no}$__casebook_of"$'\n';;
              own) __casebook_label="option ${__casebook_of#__casebook_}" __casebook_code="$__casebook_of=${(qq)2}"$'\n';;
              variable)
                [[ ${2-} != [^$'\0']#export*$'\0'* ]] || __casebook_exported=x
                __casebook_label="variable $__casebook_of" __casebook_plain=${__casebook_plain#*$'\0'}
                case ${2-unset} in
                unset) __casebook_code="builtin unset $__casebook_of";;
                *local*$'\0'*) __casebook_label+=', which a function hid when it ended the shell' __casebook_plain=;;
                *special*$'\0'*) __casebook_code="$__casebook_of=${(qq)__casebook_plain}";;
                *) builtin typeset -p -- $__casebook_of >|$__casebook_part; __casebook_code="$(<$__casebook_part)";;
                esac;;
              *)
                __casebook_label="${__casebook_labels[$__casebook_kind]} $__casebook_of"
                __casebook_code="__casebook_define ${(qq)__casebook_label} $__casebook_kind ${(qq)__casebook_of} ${2+${(qq)2}}"$'\n';;
              esac
              case $__casebook_kind:$__casebook_of in
              trap:EXIT) __casebook_code+=$'\n';;
              (directory|umask|modules|trap|variable):*)
                __casebook_code=${__casebook_code:+"__casebook_define ${(qq)__casebook_label} ${(qq)__casebook_code}"$'\n'};;
              esac
              if (( $#__casebook_code + $#__casebook_plain >= 1 << 20 )); then
                __casebook_label+=': larger than 1 MiB' __casebook_code= __casebook_plain=
              fi
              builtin print -r -- $#__casebook_label $#__casebook_code $#__casebook_plain $__casebook_exported
              builtin print -rn -- $__casebook_label$__casebook_code$__casebook_plain
            }

            # An EXIT trap of an earlier cell runs when the session is closed, not when another cell says `exit`.
            __casebook_at_exit() {
              if [[ -n $__casebook_closing ]]; then builtin eval "$1"; else __casebook_kept=1; fi
            }

            # zsh calls it when a cell ends the shell: the shell replaces itself, and the host gives the next one this one's state.
            __casebook_exit() {
              __casebook_status=$?
              (( ZSH_SUBSHELL == 0 )) && [[ -z $__casebook_closing ]] || builtin return 0
              {
                __casebook_options=("${(kv)options[@]}") __casebook_running=
                builtin emulate zsh -o extended_glob +o nounset +o xtrace
                { builtin umask; builtin trap } >|$__casebook_part
                __casebook_kept=${__casebook_kept:+$__casebook_exit_trap}
                __casebook_look
                __casebook_exit_trap=$__casebook_kept
                __casebook_save >|$__casebook_state
                builtin print -r -- "X $__casebook_number $__casebook_status 0" >|$__casebook_event
                for __casebook_line in ${(k)parameters[(R)*export*]}; do builtin typeset +gx $__casebook_line; done
                for __casebook_line in "${(@M)__casebook_start:#3 variable [^$'\0']#$'\0'[^$'\0']#export*}"; do
                  builtin export "${${__casebook_line#* * }%%$'\0'*}=${__casebook_line#*$'\0'*$'\0'}"
                done
                builtin umask ${${(M)__casebook_start:#4 umask*}#*$'\0'}
                builtin cd -q -- $__casebook_below
                builtin exec -a zsh $__casebook_program -f -- $__casebook_name.zsh
              } 2>/dev/null
            }
            zshexit_functions=(__casebook_exit)

            [[ -L $__casebook_below/$__casebook_name ]] || command ln -s -- "$__casebook_message" "$__casebook_below/$__casebook_name"
            builtin setopt pipefail
            __casebook_options=("${(kv)options[@]}")
            { builtin umask; builtin trap } >|$__casebook_part
            __casebook_look
            __casebook_start=("${__casebook_now[@]}") __casebook_zerr=${functions[TRAPZERR]}
            builtin eval "$__casebook_rearm"
            builtin print R >|$__casebook_event
            while builtin :; do
              IFS= builtin read -r __casebook_number <"$__casebook_control" || builtin continue
              builtin exec </dev/null >|"$__casebook_output" 2>&1
              __casebook_leave 2>/dev/null
              builtin eval "$__casebook_rearm"
              { builtin source "$__casebook_file" } always {
                {
                  __casebook_status=$? __casebook_running=
                  [[ -z $__casebook_watched ]] || builtin unfunction TRAPDEBUG
                  TRY_BLOCK_ERROR=0 TRY_BLOCK_INTERRUPT=0
                  __casebook_options=("${(kv)options[@]}")
                  [[ ! -o errexit ]] || __casebook_errexit=1
                  builtin setopt noerrexit noerrreturn unset noverbose noxtrace
                } 2>/dev/null
              }
              { builtin umask; builtin trap } >|"$__casebook_part"
              { __casebook_look; __casebook_settle; __casebook_save >|"$__casebook_state" } 2>/dev/null
              builtin eval "$__casebook_rearm"
              builtin print -r -- "E $__casebook_number $__casebook_status 0" >|"$__casebook_event"
            done
            """#
    )
}
