# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Completion of cocciseries for bash. Series are folders with a file "series";
# configurations and branches are asked of the series and the tree that stand on
# the command line already.

# Prints the value that the option had so far, "--tree DIR" or "--tree=DIR".
_cocciseries_value()
{
	local i

	for ((i = 1; i < COMP_CWORD; i++)); do
		if [[ ${COMP_WORDS[i]} == "$1" ]]; then
			# bash makes "=" a word of its own
			[[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
			printf '%s\n' "${COMP_WORDS[i + 1]}"
		fi
	done
}

# Prints the first word behind the command that is a series.
_cocciseries_series()
{
	local word

	for word in "${COMP_WORDS[@]:2}"; do
		if [[ -f $word/series ]]; then
			printf '%s\n' "${word%/}"
			return
		fi
	done
}

# Prints the steps of the series.
_cocciseries_steps()
{
	sed 's/#.*//' "$(_cocciseries_series)/series" 2>/dev/null
}

_cocciseries_git()
{
	local tree

	tree=$(_cocciseries_value --tree)
	git -C "${tree:-.}" for-each-ref --format='%(refname:short)' "$@" \
		2>/dev/null
}

# Prints the .c and .h files that git knows below the folder of the word.
_cocciseries_sources()
{
	local word=$1 tree

	tree=$(_cocciseries_value --tree)
	git -C "${tree:-.}" ls-files --full-name -- ":/$word*.[ch]" 2>/dev/null
}

# Prints the functions that the file of --from defines at column 0.
_cocciseries_functions()
{
	local tree from

	tree=$(_cocciseries_value --tree)
	from=$(_cocciseries_value --from)
	[[ -n $from ]] || return
	git -C "${tree:-.}" grep -hoE '^[a-z][a-zA-Z0-9_ *]* \**[a-zA-Z0-9_]+\(' \
		-- ":/$from" 2>/dev/null | sed 's/($//; s/.*[ *]//'
}

_cocciseries_configs()
{
	local series file

	series=$(_cocciseries_series)
	for file in "$series"/configs/*.config; do
		[[ -n $series && -e $file ]] || continue
		file=${file##*/}
		printf '%s\n' "${file%.config}"
	done
}

# Completes an option's value; fails when the word before is no such option.
_cocciseries_option_value()
{
	local word=$1 option=$2

	case $option in
	--tree | --results | --cache)
		mapfile -t COMPREPLY < <(compgen -d -- "$word")
		compopt -o filenames
		;;
	--mbox | --html)
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
		compopt -o filenames
		;;
	--from | --to | --header)
		if [[ ${COMP_WORDS[1]} == export ]]; then
			mapfile -t COMPREPLY < <(compgen -d -- "$word")
			compopt -o filenames
			return
		fi
		if [[ $option == --from && ${COMP_WORDS[1]} != needs ]]; then
			mapfile -t COMPREPLY < <(compgen -W \
				"$(_cocciseries_steps)" -- "$word")
			return
		fi
		mapfile -t COMPREPLY < <(compgen -W \
			"$(_cocciseries_sources "$word")" -- "$word")
		;;
	--base)
		mapfile -t COMPREPLY < <(compgen -W "HEAD $(_cocciseries_git)" \
			-- "$word")
		;;
	--branch | --compare-to)
		mapfile -t COMPREPLY < <(compgen -W \
			"$(_cocciseries_git refs/heads)" -- "$word")
		;;
	--config)
		mapfile -t COMPREPLY < <(compgen -W "$(_cocciseries_configs)" \
			-- "$word")
		if [[ ${COMP_WORDS[1]} == verify ]]; then
			mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY \
				< <(compgen -f -- "$word")
			compopt -o filenames
		fi
		;;
	--path)
		mapfile -t COMPREPLY < <(compgen -W \
			"$(_cocciseries_sources "$word")" -- "$word")
		;;
	--drift)
		mapfile -t COMPREPLY < <(compgen -W 'stop accept' -- "$word")
		;;
	--color)
		mapfile -t COMPREPLY < <(compgen -W 'auto always never' \
			-- "$word")
		;;
	-j | --jobs | --rename | --version)
		COMPREPLY=()
		;;
	*)
		return 1
		;;
	esac
}

_cocciseries_options()
{
	case $1 in
	verify)
		echo --tree --base --branch --from --compare-to --drift --config --path \
			--rename --squash --bisect \
			--jobs --results --cache --json --color --signoff \
			--allow-scripts --quiet --help
		;;
	run | apply | report)
		echo --tree --base --branch --from --compare-to --drift --config \
			--jobs --results --cache --json --color --signoff \
			--allow-scripts --quiet --help
		;;
	review)
		echo --tree --base --branch --results --cache --mbox --path \
			--rename --squash --stat --html --json --color --help
		;;
	export)
		echo --tree --base --branch --results --cache --to --cover \
			--version --compare-to --help
		;;
	list | check)
		echo --allow-scripts --help
		;;
	needs)
		echo --from --to --header --tree --base --json --help
		;;
	compare)
		echo --rename --json --color --help
		;;
	esac
}

# Folders, and for compare objects, modules and archives.
_cocciseries_operand()
{
	local command=$1 word=$2

	mapfile -t COMPREPLY < <(compgen -d -- "$word")
	if [[ $command == compare ]]; then
		mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY \
			< <(compgen -f -X '!*.@(o|ko|a)' -- "$word")
	fi
	compopt -o filenames
}

# A series, a revision, or a range of two: what stands before ".." is kept.
_cocciseries_commits()
{
	local word=$1 before=

	if [[ $word == *..* ]]; then
		before=${word%..*}..
	fi
	mapfile -t COMPREPLY < <(compgen -P "$before" -W \
		"HEAD $(_cocciseries_git)" -- "${word##*..}")
	mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$word")
}

_cocciseries()
{
	local commands='run apply verify report review export list check needs compare help'
	local word=${COMP_WORDS[COMP_CWORD]}
	local before=${COMP_WORDS[COMP_CWORD - 1]}
	local command=${COMP_WORDS[1]}

	COMPREPLY=()
	if ((COMP_CWORD == 1)); then
		mapfile -t COMPREPLY < <(compgen -W "$commands --version" \
			-- "$word")
		return
	fi
	if [[ $word == = ]]; then
		word=
	elif [[ $before == = ]]; then
		before=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	if _cocciseries_option_value "$word" "$before"; then
		return
	fi
	if [[ $command == help ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$word")
	elif [[ $command == needs && $word != -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W \
			"$(_cocciseries_functions)" -- "$word")
	elif [[ $word == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W \
			"$(_cocciseries_options "$command")" -- "$word")
	elif [[ $command == verify || $command == review || $command == export ]]; then
		_cocciseries_commits "$word"
	else
		_cocciseries_operand "$command" "$word"
	fi
}

complete -F _cocciseries cocciseries
