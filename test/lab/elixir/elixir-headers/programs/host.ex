defmodule Shop.Endpoint do
  import Plug.Conn

  def init(opts), do: opts

  def call(conn, _opts) do
    case get_req_header(conn, "origin") do
      [origin] ->
        if URI.parse(origin).host == "app.example.com" do
          conn |> put_resp_header("access-control-allow-origin", origin) |> send_resp(200, "ok")
        else
          send_resp(conn, 200, "ok")
        end

      [] ->
        send_resp(conn, 200, "ok")
    end
  end
end
