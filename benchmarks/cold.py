"""The gateway as ``tongxin serve`` runs it, but for its memory, which holds nothing: every read is a miss.

What a miss costs is measured with all that belongs to it, its entry in the cache too, which goes at once.
"""

import uvicorn

from gateway.app import create_app
from gateway.cli.settings import settings_for_command
from gateway.garbage import tune
from gateway.logs import configure

if __name__ == "__main__":
    settings = settings_for_command()
    configure(settings.log_level)
    application = create_app(settings)
    application.state.parts.cache.memory.max_entries = 0
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
