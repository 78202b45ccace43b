import socketio


def allowed(origin):
    return origin is not None and origin.startswith("https://app.example.com")


sio = socketio.Server(async_mode="threading", cors_allowed_origins=allowed)
app = socketio.WSGIApp(sio)
