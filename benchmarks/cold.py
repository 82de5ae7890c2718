"""The gateway as ``tongxin serve`` runs it, but with ``cache.keep`` off: every read asks its platform."""

import uvicorn

from gateway.app import create_app
from gateway.cli.settings import settings_for_command
from gateway.garbage import tune
from gateway.logs import configure

if __name__ == "__main__":
    settings = settings_for_command(cache={"keep": False})
    configure(settings.log_level)
    application = create_app(settings)
    tune()
    uvicorn.run(
        application,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )
