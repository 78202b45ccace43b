import socketio

sio = socketio.Server(async_mode="threading")
app = socketio.WSGIApp(sio)
