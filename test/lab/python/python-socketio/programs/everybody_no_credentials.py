import socketio

sio = socketio.Server(async_mode="threading", cors_allowed_origins="*", cors_credentials=False)
app = socketio.WSGIApp(sio)
