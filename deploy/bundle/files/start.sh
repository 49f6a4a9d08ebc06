#!/bin/sh
# 启动看板（第一次先安装，不用网络）· Start the dashboard (the first time it is installed; no network is needed).
# PORT=8501  端口 · port        OGI_NO_BROWSER=1  不打开浏览器 · open no browser        PYTHON=…  解释器 · interpreter
set -eu
cd "$(dirname "$0")"
here=$(pwd)
port=${PORT:-8501}

say() { printf '%s\n%s\n' "$1" "$2"; }
stop() { say "$1" "$2" >&2; if [ -t 0 ]; then printf '%s' '[Enter]'; read -r _; fi; exit 1; }

if [ ! -f .venv/.installed ]; then
    python=""
    for name in ${PYTHON:-python@python@ python3 python}; do
        if "$name" -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "@python@")' 2>/dev/null; then python=$name; break; fi
    done
    [ -n "$python" ] || stop "没有找到 Python @python@；请先安装，或以 PYTHON=路径 指定。" \
        "Python @python@ was not found; install it, or name it by PYTHON=path."
    say "第一次启动，正在安装（一两分钟，约需 1.1 GB 空间）……" "First start: installing (a minute or two, about 1.1 GB of space) …"
    rm -rf .venv
    "$python" -m venv --without-pip .venv || stop "不能在 $here 建立环境。" "The environment cannot be made in $here."
    PYTHONPATH=$(echo wheels/any/pip-*.whl) .venv/bin/python -m pip install --quiet --disable-pip-version-check --isolated \
        --no-index --no-deps --require-hashes --find-links wheels/any --find-links wheels/linux -r wheels/linux.txt ||
        stop "安装没有完成，见上。系统要求：x86-64 的 Linux，glibc @glibc@ 以上。" \
            "The installation failed, see above. It needs Linux on x86-64 with glibc @glibc@ or newer."
    if [ -d fonts ]; then
        mkdir -p .venv/share/fonts
        cp fonts/* .venv/share/fonts/
    fi
    touch .venv/.installed
fi

if [ -d fonts ]; then
    printf '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n<include ignore_missing="yes">%s</include>\n<dir>%s</dir>\n</fontconfig>\n' \
        "${FONTCONFIG_FILE:-/etc/fonts/fonts.conf}" "$here/.venv/share/fonts" > .venv/fonts.conf
    export FONTCONFIG_FILE="$here/.venv/fonts.conf"
fi
export OGI_LOG_LEVEL="${OGI_LOG_LEVEL:-warning}" OGI_LOG_FORMAT="${OGI_LOG_FORMAT:-text}"
cd program
say "→ http://localhost:$port    （按 Ctrl-C 结束）" "→ http://localhost:$port    (Ctrl-C ends it)"
if [ -z "${OGI_NO_BROWSER:-}" ] && command -v xdg-open >/dev/null; then
    (
        "$here/.venv/bin/python" -c "
import socket, time
for _ in range(240):
    try:
        socket.create_connection(('127.0.0.1', $port), 1).close(); break
    except OSError:
        time.sleep(0.5)" && xdg-open "http://localhost:$port" >/dev/null 2>&1
    ) &
fi
exec "$here/.venv/bin/python" -m uvicorn app:app --host 127.0.0.1 --port "$port" --log-level warning
