import socketio


def allowed(origin, environ):
    return origin is not None and origin.endswith("example.com")


sio = socketio.Server(async_mode="threading", cors_allowed_origins=allowed)
app = socketio.WSGIApp(sio)
