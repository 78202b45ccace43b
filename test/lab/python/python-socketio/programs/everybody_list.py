import socketio

sio = socketio.Server(async_mode="threading", cors_allowed_origins=["*"])
app = socketio.WSGIApp(sio)
