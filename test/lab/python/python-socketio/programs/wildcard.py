import socketio

sio = socketio.Server(async_mode="threading", cors_allowed_origins="https://*.example.com")
app = socketio.WSGIApp(sio)
