"""Writes and reads workbooks with openpyxl, a program that shares no line with this project.

usage: workbook.py fill FILE          a park with Vietnamese headers, as an enterprise would fill it in
       workbook.py formulas FILE      the same, with quantities that are formulas nobody has worked out
       workbook.py dump FILE          every visible sheet as JSON: name -> rows of texts
"""

import datetime
import json
import sys

import openpyxl
from openpyxl.styles import Font

KIND, FILE = sys.argv[1:3]


def settings(book):
    sheet = book.create_sheet("KHU CONG NGHIEP")
    for row in [
        ["Thông tin chung"],
        [],
        ["Mục", "Giá trị"],
        ["Tên ngắn", "thu-nghiem"],
        ["Tên khu công nghiệp", "KCN Thử nghiệm"],
        ["Luật áp dụng", "VN"],
        ["Đồng tiền", "VND"],
        ["Năm cơ sở", datetime.date(2023, 1, 1)],
        ["Ngày áp dụng luật", datetime.date(2023, 6, 30)],
        ["Tỷ lệ chiết khấu", "0,08"],
        ["Trao đổi hiện có", "giữ nguyên"],
    ]:
        sheet.append(row)
    sheet["B8"].number_format = "yyyy"
    sheet["B9"].number_format = "dd/mm/yyyy"


def enterprises(book):
    sheet = book.create_sheet("Doanh nghiệp")
    sheet.append(["DANH SÁCH DOANH NGHIỆP TRONG KHU"])
    sheet.merge_cells("A1:G1")
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([])
    sheet.append(["STT", "Mã", "Tên doanh nghiệp", "Ngành nghề", "Vĩ độ", "Kinh độ", "Giấy phép", "Số điện thoại"])
    sheet.append([1, "nhiet-dien", "Công ty Nhiệt điện Đông Bắc", "energy", "20,85", "106,75", None, "0225 123"])
    sheet.append([])
    sheet.append([2, "xi-mang", "Công ty Xi măng Sông Cấm", "cement", 20.86, 106.7, "hazardous-waste", None])


def outputs(book):
    sheet = book.create_sheet("Đầu ra")
    sheet.append(["Các dòng thải (số liệu năm 2023)"])
    sheet.merge_cells("A1:K1")
    sheet.append(
        ["Mã", "Doanh nghiệp", "Tên gọi", "Vật liệu", "Khối lượng (mỗi năm)", "Khối lượng\nthấp nhất", "Đơn vị",
         "Xử lý hiện tại", "Chi phí xử lý", "Từ năm", "Ghi chú", "Độ tin cậy"])
    quantity = "=1200*10,5" if KIND == "formulas" else "12.500,5"
    sheet.append(["tro-bay", "nhiet-dien", "Tro bay", "coal_fly_ash — Tro bay than", quantity, "9 800,25", "tấn/năm", "Chôn lấp", "-12,5",
                  datetime.date(2020, 5, 1), "đo tại bãi", "Ước tính"])
    if KIND == "formulas":
        sheet["E3"] = "=1200*10.5"
    sheet["J3"].number_format = "mm/yyyy"
    sheet.append([])
    sheet.append(["thach-cao", "nhiet-dien", "Thạch cao FGD", "thạch cao ướt lẫn đá", 40000, None, "t/yr", "xả cống", None, 2019,
                  None, None])


def inputs(book):
    sheet = book.create_sheet("dau vao")
    sheet.append(["ma", "doanh nghiep", "ten goi", "vat lieu", "khoi luong", "don vi", "gia mua", "ty le toi da"])
    sheet.append(["clinker", "xi-mang", "Clanhke", "clinker", "60000", "t/yr", "1.250.000", 0.3])
    sheet["H2"].number_format = "0%"


def fill():
    book = openpyxl.Workbook()
    book.remove(book.active)
    for add in (settings, enterprises, outputs, inputs):
        add(book)
    book.create_sheet("Nháp").append(["không liên quan"])
    book.save(FILE)


def dump():
    book = openpyxl.load_workbook(FILE)
    print(json.dumps(
        {
            sheet.title: [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
            for sheet in book
            if sheet.sheet_state == "visible"
        },
        ensure_ascii=False))


dump() if KIND == "dump" else fill()
