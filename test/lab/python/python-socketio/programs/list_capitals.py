import socketio

sio = socketio.Server(async_mode="threading", cors_allowed_origins=["https://App.Example.com"])
app = socketio.WSGIApp(sio)
