@echo off
rem Start the dashboard; the first time it is installed. No network is needed. Not tested on Windows.
setlocal
chcp 65001 >nul
cd /d "%~dp0"
if "%PORT%"=="" set PORT=8501
if exist .venv\installed goto start
set PYTHON_FOUND=
py -@python@ -c "import sys" >nul 2>nul && set PYTHON_FOUND=py -@python@
if not defined PYTHON_FOUND python -c "import sys; sys.exit('%%d.%%d' %% sys.version_info[:2] != '@python@')" >nul 2>nul && set PYTHON_FOUND=python
if not defined PYTHON_FOUND (
  echo 没有找到 Python @python@ ^(64 位^)，请先安装。 Python @python@ ^(64 bit^) was not found; install it first.
  pause
  exit /b 1
)
echo 第一次启动，正在安装…… First start: installing …
%PYTHON_FOUND% -m venv --without-pip .venv || goto failed
for %%w in (wheels\any\pip-*.whl) do set PYTHONPATH=%%w
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --isolated --no-index --no-deps --require-hashes --find-links wheels\any --find-links wheels\windows -r wheels\windows.txt || goto failed
set PYTHONPATH=
echo done> .venv\installed
:start
if not defined OGI_LOG_LEVEL set OGI_LOG_LEVEL=warning
if not defined OGI_LOG_FORMAT set OGI_LOG_FORMAT=text
cd program
start "" cmd /c "timeout /t 15 >nul & start http://localhost:%PORT%"
..\.venv\Scripts\python -m uvicorn app:app --host 127.0.0.1 --port %PORT% --log-level warning
exit /b
:failed
echo 安装没有完成，见上。 The installation failed, see above.
pause
exit /b 1
