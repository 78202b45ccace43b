import socketio

sio = socketio.Server(async_mode="threading", cors_allowed_origins=["https://app.example.com", "*"])
app = socketio.WSGIApp(sio)
