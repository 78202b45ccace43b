import os

import cherrypy


def share():
    cherrypy.response.headers["Access-Control-Allow-Origin"] = cherrypy.request.headers.get("Origin", "*")
    cherrypy.response.headers["Access-Control-Allow-Credentials"] = "true"
    cherrypy.response.headers["Vary"] = "Origin"


cherrypy.tools.share = cherrypy.Tool("before_finalize", share)


class Index:
    @cherrypy.expose
    def index(self):
        return "ok"


if __name__ == "__main__":
    cherrypy.config.update({
        "server.socket_host": "127.0.0.1",
        "server.socket_port": int(os.environ["PORT"]),
        "engine.autoreload.on": False,
    })
    cherrypy.quickstart(Index(), "/", {"/": {"tools.share.on": True}})
