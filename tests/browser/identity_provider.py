"""A small OpenID provider of the tests' own: whoever it is told to be signs in at once, with an id token signed as RS256."""

from __future__ import annotations

import socket
import threading
import time
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

CLIENT_ID, CLIENT_SECRET = "ogi-dashboard", "a secret of the tests"


class IdentityProvider:
    """Runs in a thread; ``claims`` are what it says of who signs in next."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self._key = RSAKey.generate_key(2048, parameters={"kid": "tests", "use": "sig", "alg": "RS256"})
        self._nonces: dict[str, str] = {}
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        routes = [
            Route("/.well-known/openid-configuration", self._described),
            Route("/authorize", self._authorize),
            Route("/token", self._token, methods=["POST"]),
            Route("/keys", self._keys),
        ]
        self._server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="warning"))
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()

    async def _described(self, _: Request) -> JSONResponse:
        return JSONResponse(
            {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            }
        )

    async def _authorize(self, request: Request) -> RedirectResponse:
        asked = request.query_params
        code = f"code{len(self._nonces)}"
        self._nonces[code] = asked.get("nonce", "")
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 302)

    async def _token(self, request: Request) -> JSONResponse:
        form = await request.form()
        now = int(time.time())
        said = {"iss": self.address, "aud": CLIENT_ID, "sub": "1", "iat": now, "exp": now + 300}
        said |= {"nonce": self._nonces.pop(str(form["code"])), **self.claims}
        token = jwt.encode({"alg": "RS256", "kid": "tests"}, said, self._key)
        return JSONResponse({"access_token": "access", "token_type": "Bearer", "expires_in": 300, "id_token": token})

    async def _keys(self, _: Request) -> JSONResponse:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})
