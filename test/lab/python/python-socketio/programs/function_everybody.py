import socketio


def allowed(origin, environ):
    return True


sio = socketio.Server(async_mode="threading", cors_allowed_origins=allowed)
app = socketio.WSGIApp(sio)
