; The installer: for one user, without an administrator, in Thai.
;
;     iscc /DVersion=0.1.0 packaging\ita-desktop.iss        (after PyInstaller; docs\release.md)
;
; Inno Setup 6.3 or newer. It brings no Thai of its own: the messages are written out below.
; This file is UTF-8 with a byte order mark.

#ifndef Version
  #error Say which version it is: /DVersion=0.1.0
#endif
#ifndef Frozen
  #define Frozen "..\dist\ita-desktop"
#endif
#define Name "ITA Desktop"
#define Program "ita-desktop.exe"
#define Kind "ITADesktop.DataFile"

[Setup]
; Never changes: by it a newer version finds the one that is there.
AppId={{6C0B2B5E-6E0A-4B55-9C6D-2D4B8E5C7A31}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher={#Name}
VersionInfoVersion={#Version}
PrivilegesRequired=lowest
DefaultDirName={autopf}\{#Name}
DisableProgramGroupPage=yes
DisableWelcomePage=no
ShowLanguageDialog=no
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0
ChangesAssociations=yes
CloseApplications=yes
RestartApplications=no
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
SetupIconFile=..\resources\icons\app.ico
UninstallDisplayIcon={app}\{#Program}
UninstallDisplayName={#Name}
OutputDir=..\dist
OutputBaseFilename=ita-desktop-{#Version}-setup

[LangOptions]
LanguageName=<0E44><0E17><0E22>
LanguageID=$041E
DialogFontName=Leelawadee UI
DialogFontSize=10

[Tasks]
Name: desktopicon; Description: "{cm:OnDesktop}"

[InstallDelete]
; The parts of the version before; data never lie here.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Frozen}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
Source: "installed.txt"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\{#Program}"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Program}"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.ita"; ValueType: string; ValueName: ""; ValueData: "{#Kind}"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.ita\OpenWithProgids"; ValueType: string; ValueName: "{#Kind}"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\{#Kind}"; ValueType: string; ValueName: ""; ValueData: "{cm:DataFile}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#Kind}\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\{#Program},0"
Root: HKA; Subkey: "Software\Classes\{#Kind}\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\{#Program}"" ""%1"""

[Run]
Filename: "{app}\{#Program}"; Description: "{cm:StartNow}"; Flags: nowait postinstall skipifsilent

; Nothing of the office's is deleted on uninstalling: data lie in the user's own folders.

[CustomMessages]
OnDesktop=วางไอคอนไว้บนเดสก์ท็อป
DataFile=แฟ้มข้อมูล ITA
StartNow=เปิดโปรแกรม ITA Desktop

[Messages]
SetupAppTitle=ติดตั้ง
SetupWindowTitle=ติดตั้ง %1
UninstallAppTitle=ถอนการติดตั้ง
UninstallAppFullTitle=ถอนการติดตั้ง %1
InformationTitle=แจ้งให้ทราบ
ConfirmTitle=ยืนยัน
ErrorTitle=ผิดพลาด
ExitSetupTitle=ออกจากการติดตั้ง
ExitSetupMessage=ยังติดตั้งไม่เสร็จ ถ้าออกตอนนี้โปรแกรมจะไม่ถูกติดตั้ง%n%nเปิดตัวติดตั้งใหม่ได้ทุกเมื่อ%n%nออกจากการติดตั้งหรือไม่
ButtonBack=< &กลับ
ButtonNext=&ถัดไป >
ButtonInstall=&ติดตั้ง
ButtonOK=ตกลง
ButtonCancel=ยกเลิก
ButtonYes=&ใช่
ButtonYesToAll=ใช่&ทั้งหมด
ButtonNo=ไ&ม่ใช่
ButtonNoToAll=ไม่ใช่ทั้งห&มด
ButtonFinish=เ&สร็จสิ้น
ButtonBrowse=เ&ลือก…
ButtonWizardBrowse=เ&ลือก…
ButtonNewFolder=สร้างโ&ฟลเดอร์ใหม่
ClickNext=กด ถัดไป เพื่อทำต่อ หรือ ยกเลิก เพื่อออก
BeveledLabel=
BrowseDialogTitle=เลือกโฟลเดอร์
BrowseDialogLabel=เลือกโฟลเดอร์จากรายการ แล้วกด ตกลง
NewFolderName=โฟลเดอร์ใหม่
WelcomeLabel1=ติดตั้ง [name]
WelcomeLabel2=จะติดตั้ง [name/ver] ลงในเครื่องนี้สำหรับผู้ใช้คนนี้ ไม่ต้องเป็นผู้ดูแลเครื่อง และไม่ใช้อินเทอร์เน็ต%n%nถ้าเคยติดตั้งไว้แล้ว ข้อมูลเดิมอยู่ครบ%n%nโปรดปิดโปรแกรม [name] ก่อนทำต่อ
WizardSelectDir=เลือกที่ติดตั้ง
SelectDirDesc=จะติดตั้ง [name] ไว้ที่ไหน
SelectDirLabel3=จะติดตั้ง [name] ในโฟลเดอร์นี้
SelectDirBrowseLabel=กด ถัดไป เพื่อทำต่อ หรือกด เลือก เพื่อใช้โฟลเดอร์อื่น
DiskSpaceMBLabel=ต้องมีที่ว่างอย่างน้อย [mb] เมกะไบต์
InvalidPath=ใส่ที่อยู่ให้ครบพร้อมชื่อไดรฟ์ เช่น C:\ITA
DirExistsTitle=มีโฟลเดอร์นี้แล้ว
DirExists=มีโฟลเดอร์นี้อยู่แล้ว%n%n%1%n%nติดตั้งลงในโฟลเดอร์นี้หรือไม่
DiskSpaceWarningTitle=ที่ว่างไม่พอ
DiskSpaceWarning=ต้องมีที่ว่างอย่างน้อย %1 กิโลไบต์ แต่ไดรฟ์นี้มี %2 กิโลไบต์%n%nทำต่อหรือไม่
WizardSelectTasks=เลือกสิ่งที่ทำเพิ่ม
SelectTasksDesc=ให้ทำสิ่งใดเพิ่มหรือไม่
SelectTasksLabel2=เลือกสิ่งที่ให้ทำระหว่างติดตั้ง [name] แล้วกด ถัดไป
WizardReady=พร้อมติดตั้ง
ReadyLabel1=พร้อมติดตั้ง [name] แล้ว
ReadyLabel2a=กด ติดตั้ง เพื่อเริ่ม หรือกด กลับ เพื่อแก้ไข
ReadyLabel2b=กด ติดตั้ง เพื่อเริ่ม
ReadyMemoDir=ที่ติดตั้ง
ReadyMemoTasks=สิ่งที่ทำเพิ่ม
WizardPreparing=เตรียมติดตั้ง
PreparingDesc=กำลังเตรียมติดตั้ง [name]
CannotContinue=ทำต่อไม่ได้ โปรดกด ยกเลิก
ApplicationsFound=โปรแกรมต่อไปนี้เปิดแฟ้มที่ต้องปรับปรุงอยู่ โปรดให้ตัวติดตั้งปิดให้ สิ่งที่พิมพ์จะถูกบันทึกก่อนปิด
ApplicationsFound2=โปรแกรมต่อไปนี้เปิดแฟ้มที่ต้องปรับปรุงอยู่ โปรดให้ตัวติดตั้งปิดให้ สิ่งที่พิมพ์จะถูกบันทึกก่อนปิด
CloseApplications=&ปิดโปรแกรมเหล่านั้นให้
DontCloseApplications=ไ&ม่ปิด
ErrorCloseApplications=ปิดบางโปรแกรมไม่ได้ โปรดปิดเองก่อนทำต่อ
WizardInstalling=กำลังติดตั้ง
InstallingLabel=โปรดรอ กำลังติดตั้ง [name]
FinishedHeadingLabel=ติดตั้ง [name] เสร็จแล้ว
FinishedLabelNoIcons=ติดตั้ง [name] เสร็จแล้ว
FinishedLabel=ติดตั้ง [name] เสร็จแล้ว เปิดจากไอคอน หรือกดสองครั้งที่แฟ้ม .ita
ClickFinish=กด เสร็จสิ้น เพื่อปิดหน้าต่างนี้
StatusClosingApplications=กำลังปิดโปรแกรม…
StatusCreateDirs=กำลังสร้างโฟลเดอร์…
StatusExtractFiles=กำลังคัดลอกแฟ้ม…
StatusCreateIcons=กำลังสร้างไอคอน…
StatusCreateRegistryEntries=กำลังตั้งค่าแฟ้ม .ita…
StatusSavingUninstall=กำลังบันทึกวิธีถอนการติดตั้ง…
StatusRunProgram=กำลังจบการติดตั้ง…
StatusRollback=กำลังคืนสภาพเดิม…
SetupAborted=ติดตั้งไม่เสร็จ%n%nโปรดแก้เหตุที่บอกไว้ แล้วเปิดตัวติดตั้งใหม่
FileAbortRetryIgnoreSkipNotRecommended=&ข้ามแฟ้มนี้ (ไม่ควรทำ)
FileAbortRetryIgnoreIgnoreNotRecommended=ไม่สนใจและทำ&ต่อ (ไม่ควรทำ)
AbortRetryIgnoreSelectAction=เลือกวิธีทำต่อ
AbortRetryIgnoreRetry=&ลองใหม่
AbortRetryIgnoreIgnore=ไม่สนใจและทำ&ต่อ
AbortRetryIgnoreCancel=ยกเลิกการติดตั้ง
ErrorCreatingDir=สร้างโฟลเดอร์ “%1” ไม่ได้
OnlyOnTheseArchitectures=โปรแกรมนี้ใช้ได้กับ Windows 64 บิตเท่านั้น%n%n%1
WinVersionTooLowError=โปรแกรมนี้ต้องใช้ %1 รุ่น %2 ขึ้นไป
ConfirmUninstall=ถอนการติดตั้ง %1 หรือไม่%n%nแฟ้มข้อมูล แฟ้มสำรอง และเอกสารของหน่วยงานจะอยู่ครบ ไม่ถูกลบ
UninstallStatusLabel=โปรดรอ กำลังถอน %1 ออกจากเครื่อง
UninstalledAll=ถอน %1 ออกจากเครื่องแล้ว ข้อมูลของหน่วยงานยังอยู่ครบ
UninstalledMost=ถอน %1 แล้ว%n%nบางแฟ้มลบไม่ได้ ลบเองได้ภายหลัง ข้อมูลของหน่วยงานยังอยู่ครบ
WizardUninstalling=กำลังถอนการติดตั้ง
StatusUninstalling=กำลังถอน %1…
