-- Markdown files to Word files by pandoc, in one process: pandoc lua batch.lua OUTPUT LIST
-- LIST holds a path per line, since many arguments crash `pandoc lua`.
for path in io.lines(arg[2]) do
  local file = assert(io.open(path, "r"))
  local document = pandoc.read(file:read("a"), "gfm")
  file:close()
  local name = path:match("([^/]+)%.md$")
  local made = assert(io.open(arg[1] .. "/" .. name .. ".docx", "wb"))
  made:write(pandoc.write(document, "docx"))
  made:close()
end
