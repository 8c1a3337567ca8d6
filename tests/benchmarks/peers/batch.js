// Trees of blocks to Word files by the npm package docx, in one process: node batch.js OUTPUT TREES.json
"use strict";
const fs = require("fs");
const path = require("path");
const {
  AlignmentType, BorderStyle, Document, ExternalHyperlink, HeadingLevel, LevelFormat, Packer, Paragraph, Table,
  TableCell, TableRow, TextRun, WidthType,
} = require("docx");

const [STRONG, EMPHASIS, STRIKE, CODE, BREAK] = [1, 2, 4, 8, 16];
const LEVELS = [1, 2, 3, 4, 5, 6].map((level) => HeadingLevel[`HEADING_${level}`]);

function runs(list) {
  return list.map(({ text, marks, link }) => {
    if (marks & BREAK) return new TextRun({ break: 1 });
    const run = new TextRun({
      text,
      bold: Boolean(marks & STRONG),
      italics: Boolean(marks & EMPHASIS),
      strike: Boolean(marks & STRIKE),
      font: marks & CODE ? "Courier New" : undefined,
      style: link ? "Hyperlink" : undefined,
    });
    return link ? new ExternalHyperlink({ children: [run], link }) : run;
  });
}

function table(block) {
  const row = (cells, tableHeader) =>
    new TableRow({
      tableHeader,
      children: cells.map((cell) => new TableCell({ children: [new Paragraph({ children: runs(cell) })] })),
    });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [row(block.head, true), ...block.rows.map((cells) => row(cells, false))],
  });
}

function list(block, level, counter) {
  const look = block.is_numbered
    ? { numbering: { reference: "numbers", level, instance: (counter.lists += 1) } }
    : { bullet: { level } };
  return block.items.flatMap((item) =>
    item.blocks.flatMap((part, place) => {
      if (part.sort !== "Paragraph") return blocks([part], level + 1, counter);
      return [new Paragraph({ children: runs(part.runs), ...(place === 0 ? look : {}) })];
    }),
  );
}

function blocks(parts, level, counter) {
  return parts.flatMap((block) => {
    if (block.sort === "Heading") return [new Paragraph({ heading: LEVELS[block.level - 1], children: runs(block.runs) })];
    if (block.sort === "Paragraph") return [new Paragraph({ children: runs(block.runs) })];
    if (block.sort === "List") return list(block, level, counter);
    if (block.sort === "Table") return [table(block)];
    if (block.sort === "Quote") return blocks(block.blocks, level, counter);
    if (block.sort === "Code") return block.text.split("\n").map((text) => new Paragraph({ text }));
    return [new Paragraph({ border: { bottom: { style: BorderStyle.SINGLE, size: 6 } } })];
  });
}

const numbers = {
  reference: "numbers",
  levels: [0, 1, 2, 3].map((level) => ({
    level, format: LevelFormat.DECIMAL, text: `%${level + 1}.`, alignment: AlignmentType.START,
  })),
};

async function main() {
  const [output, trees] = process.argv.slice(2);
  for (const { name, tree } of JSON.parse(fs.readFileSync(trees, "utf-8"))) {
    const children = blocks(tree, 0, { lists: 0 });
    const document = new Document({ numbering: { config: [numbers] }, sections: [{ children }] });
    fs.writeFileSync(path.join(output, `${name}.docx`), await Packer.toBuffer(document));
  }
}

main();
