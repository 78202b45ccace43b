from chalice import Chalice

app = Chalice(app_name="shop")
app.api.cors = True


@app.route("/", methods=["GET", "HEAD", "POST", "PUT", "DELETE"])
def index():
    return "ok"
