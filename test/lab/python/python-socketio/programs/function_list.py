import socketio


def allowed(origin, environ):
    return origin in ("https://app.example.com", "http://localhost:3000")


sio = socketio.Server(async_mode="threading", cors_allowed_origins=allowed)
app = socketio.WSGIApp(sio)
